export const handler = async () => "ES module";
