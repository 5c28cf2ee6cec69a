/** Why the project cannot be made, and what to do about it. Told to the user without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    problem: string,
    readonly fix: string,
  ) {
    super(problem);
  }
}
