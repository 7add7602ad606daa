import {
  loadPackage,
  PackageError,
} from "../../../../src/engine/text/loadPackage";

describe("loadPackage", () => {
  it("returns what the package exports", async () => {
    await expect(
      loadPackage("a", () => Promise.resolve({ b: 1 })),
    ).resolves.toEqual({ b: 1 });
  });

  it("names the package, the reason and the guide if it cannot be loaded", async () => {
    const cause = new Error('Dynamic require of "node:fs" is not supported');

    const loaded = loadPackage("@aws-sdk/client-lambda", () =>
      Promise.reject(cause),
    );

    await expect(loaded).rejects.toThrow(PackageError);
    await expect(loaded).rejects.toMatchObject({
      message:
        'the package @aws-sdk/client-lambda could not be loaded (Dynamic require of "node:fs" is not supported); install it, or don\'t mark it as external if the program is a bundle (docs/guides/bundling.md)',
      cause,
    });
  });
});
