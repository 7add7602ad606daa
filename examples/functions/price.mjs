const PRICES = { "A-17": 1290, "B-02": 480 };

/** Returns the price of an article, in cents. */
export async function handler({ sku, quantity = 1 }, context) {
  console.log(`${context.functionName}: ${quantity} × ${sku}`);
  const price = PRICES[sku];
  if (price === undefined) throw new RangeError(`No article ${sku}`);
  console.info("found");
  return { sku, quantity, total: price * quantity, currency: "EUR" };
}
