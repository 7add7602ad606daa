import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { Pool } from "undici";
import { PATH, SOCKETS } from "./settings.mjs";

export function create({ endpoint, region, credentials }) {
  const pool = new Pool(endpoint, { connections: SOCKETS });
  const signer = new SignatureV4({
    service: "lambda",
    region,
    credentials,
    sha256: Sha256,
  });
  const { host, hostname } = new URL(endpoint);
  return {
    async call(payload) {
      const signed = await signer.sign({
        method: "POST",
        protocol: "http:",
        hostname,
        path: PATH,
        headers: { host, "content-type": "application/octet-stream" },
        body: JSON.stringify(payload),
      });
      const { body } = await pool.request(signed);
      return body.json();
    },
    close: () => pool.close(),
  };
}
