/** The three types of the Parameter Store. */
export type ParameterType = "String" | "StringList" | "SecureString";

/** One version of a parameter. */
export interface ParameterVersion {
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;

  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** Versions that are kept; the oldest disappears. */
const HISTORY_LIMIT = 100;

/** The parameters of one account, in every region. */
export class ParameterStore {
  readonly #parameters = new Map<string, ParameterVersion[]>();

  /** A parameter's version. Absent: there is no such parameter, or no such version. */
  find(where: Place, version?: number): ParameterVersion | undefined {
    const history = this.#parameters.get(keyOf(where));
    return version === undefined
      ? history?.at(-1)
      : history?.find((entry) => entry.version === version);
  }

  /** Writes a new version of a parameter, the first if it is new. */
  put(
    where: Place,
    written: { readonly type: ParameterType; readonly value: string },
  ): ParameterVersion {
    const history = this.#parameters.get(keyOf(where)) ?? [];
    const entry = {
      ...written,
      version: (history.at(-1)?.version ?? 0) + 1,
      modifiedAt: Date.now(),
    };
    history.push(entry);
    if (history.length > HISTORY_LIMIT) history.shift();
    this.#parameters.set(keyOf(where), history);
    return entry;
  }

  /** Takes a parameter out with its history. */
  remove(where: Place): void {
    this.#parameters.delete(keyOf(where));
  }
}

interface Place {
  readonly region: string;
  readonly name: string;
}

function keyOf({ region, name }: Place): string {
  return `${region}:${name}`;
}
