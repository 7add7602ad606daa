/** Creates JSON of exactly this size: a list of small records, as functions return them, and padding. */
export function createJson(bytes) {
  const text = (padding) =>
    `{"items":[${items.join()}],"padding":"${padding}"}`;
  const items = [];
  let length = text("").length;
  for (let number = 0; ; number++) {
    const item = JSON.stringify({
      sku: `A-${number}`,
      name: "a thing with a name",
      total: number * 3,
      isInStock: number % 2 === 0,
      tags: ["red", "small"],
    });
    if (length + item.length + 1 > bytes) break;
    items.push(item);
    length += item.length + (items.length > 1 ? 1 : 0);
  }
  return text("x".repeat(bytes - text("").length));
}
