/** The outside world: every call here brews another batch. */
export class Cauldron {
  private batches = 0;

  async brew(potion: string, bottles: number): Promise<string> {
    this.batches += 1;
    return `${potion}-${bottles}-${this.batches}`;
  }
}
