import { errorMessage } from "./errorMessage";

/** A package that is loaded on first use could not be loaded. */
export class PackageError extends Error {
  override readonly name = "PackageError";
}

/**
 * Loads a package.
 *
 * @throws {@link PackageError}. Bundles are the usual reason: a package was left out, or its CommonJS files call `require` in an
 * ES module.
 */
export async function loadPackage<Module>(
  name: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new PackageError(
      `the package ${name} could not be loaded (${errorMessage(cause)}); install it, or don't mark it as external if the program is a bundle (docs/guides/bundling.md)`,
      { cause },
    );
  }
}
