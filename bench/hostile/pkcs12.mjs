import { createRequire } from "node:module";

/** Creates a PKCS#12 file that claims the given number of iterations. They are not executed to create it. */
export function createPkcs12(iterations) {
  const require = createRequire(new URL("../../package.json", import.meta.url));
  const { asn1, pkcs12 } = require("node-forge");
  const file = pkcs12.toPkcs12Asn1(null, [], "x", { count: 2 });
  const [, , macData] = file.value;
  const [, , count] = macData.value;
  count.value = asn1.integerToDer(iterations).getBytes();
  return Buffer.from(asn1.toDer(file).getBytes(), "binary");
}
