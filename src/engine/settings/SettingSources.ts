import type { Issue } from "../../errors";
import { environmentVariable } from "../text/environmentVariable";
import {
  readSharedFiles,
  type Section,
  type SharedFile,
  type SharedFiles,
} from "./sharedFiles";

/** A setting that the environment or a shared configuration file contains. */
export interface FoundSetting {
  readonly value: string;
  /** Where it was found, for messages: a variable, or a key with its profile and file. */
  readonly source: string;
}

/** A setting's variables, in order of precedence, and its key in a profile. */
export interface SettingName {
  readonly variables: readonly string[];
  readonly key: string;
  /** The file that takes precedence. Defaults to the configuration file. */
  readonly preferred?: keyof SharedFiles;
}

/** Where settings are looked up, and where problems with them are reported. */
export interface ResolveContext {
  readonly sources: SettingSources;
  readonly issues: Issue[];
}

/** What enables FIPS or dual-stack endpoints, for messages. */
export interface EnabledFlag {
  /** An option, a variable, a key in a profile, or the name of a region. */
  readonly source: string;
  /** How to disable it. Optional; defaults to the options of the connection. */
  readonly remedy?: string;
}

/**
 * The environment, and the selected profile of the shared configuration files. The files are read once, when the first
 * setting is not in the environment.
 */
export class SettingSources {
  /** The profile that `AWS_PROFILE` selects. `undefined`: the variable is not set, and the profile is `default`. */
  readonly selected = environmentVariable("AWS_PROFILE");
  #files: SharedFiles | undefined;

  get profile(): string {
    return this.selected ?? "default";
  }

  /** Finds a setting: in the environment, or else in the profile. */
  find({ variables, ...inProfile }: SettingName): FoundSetting | undefined {
    return findVariable(variables) ?? this.findInProfile(inProfile);
  }

  /** Finds a setting in the profile. */
  findInProfile({
    key,
    preferred = "config",
  }: Omit<SettingName, "variables">): FoundSetting | undefined {
    const { config, credentials } = this.files;
    const files =
      preferred === "config" ? [config, credentials] : [credentials, config];
    for (const { path, sections } of files) {
      const value = sections.get(this.profile)?.get(key);
      if (value !== undefined)
        return {
          value,
          source: `${key} in the profile ${this.profile} of ${path}`,
        };
    }
    return undefined;
  }

  /** Returns a `[services]` section. `undefined`: the file does not have it. */
  services(name: string): Section | undefined {
    return this.files.config.sections.get(`services.${name}`);
  }

  /** Whether one of the files has the profile. */
  get hasProfile(): boolean {
    return this.#list().some(({ sections }) => sections.has(this.profile));
  }

  /** The files that exist but could not be read. Empty if none was needed. */
  get unreadable(): readonly SharedFile[] {
    if (!this.#files) return [];
    return this.#list().filter(({ problem }) => problem !== undefined);
  }

  get files(): SharedFiles {
    this.#files ??= readSharedFiles();
    return this.#files;
  }

  #list(): readonly SharedFile[] {
    return [this.files.config, this.files.credentials];
  }
}

/** Finds the first variable that is set. */
export function findVariable(
  names: readonly string[],
): FoundSetting | undefined {
  for (const source of names) {
    const value = environmentVariable(source);
    if (value !== undefined) return { value, source };
  }
  return undefined;
}
