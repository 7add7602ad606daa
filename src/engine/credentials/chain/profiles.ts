import { readSharedFiles } from "../../settings/sharedFiles";

/** The settings of a profile, by name. */
export type Profile = ReadonlyMap<string, string>;

/** The profiles of both shared files. */
export interface Profiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** The paths of the files. */
  readonly files: readonly string[];
}

/** Reads the profiles of both shared files. Keys of the credentials file take precedence, as in the SDK. */
export function readProfiles(): Profiles {
  const { config, credentials } = readSharedFiles();
  const profiles = new Map<string, Profile>();
  for (const { sections } of [config, credentials])
    for (const [name, section] of sections)
      profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]));
  const files = [config, credentials].map(({ path, problem }) =>
    problem === undefined ? path : `${path} (which cannot be read, ${problem})`,
  );
  return { profiles, files };
}
