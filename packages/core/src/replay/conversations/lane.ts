/**
 * Questions and steps that may run beside each other. Repeated names are told apart by their order, so a name may repeat
 * only while nothing else of its lane is under way.
 */
export class Lane {
  private underWay = 0;

  /** Called when one of its questions waits for the client. */
  constructor(readonly onPark: () => void = () => {}) {}

  get isBusy(): boolean {
    return this.underWay > 0;
  }

  async track<T>(work: () => Promise<T>): Promise<T> {
    this.underWay++;
    try {
      return await work();
    } finally {
      this.underWay--;
    }
  }
}
