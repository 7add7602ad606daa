// A typical consumer of the installed package. It receives both entry points, loaded with `require` or `import`.
module.exports = async function journey(connectorRoom, localRoom) {
  const { AWS_Region, createConnector, InvokeFunction } = connectorRoom;
  const local = await localRoom.startLocalAws({
    region: AWS_Region.eu_west_1,
    functions: { price: async ({ sku }) => ({ sku, total: 1290 }) },
  });
  const { endpoint, region, credentials } = local;
  const connection = { endpoint, region, credentials };
  const connector = createConnector(connection);
  const listed = await connector.listFunctions();
  const { payload } = await new InvokeFunction(connection).execute({
    functionName: "price",
    payload: { sku: "A-17" },
  });
  const gone = await connector.deleteFunction({ functionName: "price" });
  connector.close();
  await local.close();
  return [listed.length, payload.total, gone].join(" ");
};
