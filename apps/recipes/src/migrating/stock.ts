/** What stands behind every version of the shop. `effects` is what the outside world saw. */
export const effects: string[] = [];

export const stock = {
  priceOf: (item: string): number => item.length * 10,
  async hold(item: string) {
    effects.push(`hold ${item}`);
    return { id: `H-${item}`, price: stock.priceOf(item) };
  },
  async order(id: string): Promise<string> {
    effects.push(`order ${id}`);
    return `Ordered ${id}.`;
  },
};
