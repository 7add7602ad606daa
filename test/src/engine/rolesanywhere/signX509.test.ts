import { X509Certificate, createPrivateKey } from "node:crypto";
import { signX509 } from "../../../../src/engine/rolesanywhere/signX509";
import { readFixture } from "../../../rolesAnywhereFixtures";

const signedBy = (serialNumber: string): string | undefined => {
  const certificate = new X509Certificate(readFixture("rsa.pem"));
  Object.defineProperty(certificate, "serialNumber", { value: serialNumber });
  return signX509(
    {
      method: "POST",
      path: "/sessions",
      query: "",
      headers: {},
      body: new Uint8Array(),
    },
    {
      identity: {
        certificate,
        chain: [],
        key: createPrivateKey(readFixture("rsa.key")),
        keyType: "RSA",
      },
      region: "eu-central-1",
      now: 0,
    },
  )["authorization"];
};

describe("signX509", () => {
  it.each([
    ["0A", "10"],
    ["-0A", "-10"],
  ])("writes the serial number %s in decimal", (serialNumber, decimal) => {
    expect(signedBy(serialNumber)).toContain(` Credential=${decimal}/`);
  });
});
