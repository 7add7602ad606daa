/** The three types of the Parameter Store. */
export type ParameterType = "String" | "StringList" | "SecureString";

/** One version of a parameter. */
export interface ParameterVersion {
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;

  /** Names that lead to this version, and to no other of the parameter. */
  readonly labels: readonly string[];

  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** Versions that are kept; the oldest disappears. */
const HISTORY_LIMIT = 100;

/** The parameters of one account, in every region. */
export class ParameterStore {
  readonly #parameters = new Map<string, ParameterVersion[]>();

  /** A parameter's version, by its number or label. Absent: there is no such parameter, or no such version. */
  find(where: ParameterKey, selector?: string): ParameterVersion | undefined {
    const history = this.#parameters.get(keyOf(where));
    return selector === undefined
      ? history?.at(-1)
      : history?.find(
          ({ version, labels }) =>
            String(version) === selector || labels.includes(selector),
        );
  }

  /** The version that a further one would take the place of, once the history is full. Absent: there is room. */
  oldestIfFull(where: ParameterKey): ParameterVersion | undefined {
    const history = this.#parameters.get(keyOf(where)) ?? [];
    return history.length < HISTORY_LIMIT ? undefined : history[0];
  }

  /** Writes a new version of a parameter, the first if it is new. */
  put(
    where: ParameterKey,
    written: {
      readonly type: ParameterType;
      readonly value: string;
      readonly labels?: readonly string[];
    },
  ): ParameterVersion {
    const history = this.#parameters.get(keyOf(where)) ?? [];
    const { type, value, labels = [] } = written;
    const version = (history.at(-1)?.version ?? 0) + 1;
    const modifiedAt = Date.now();
    history.push({ type, value, version, labels: [], modifiedAt });
    if (history.length > HISTORY_LIMIT) history.shift();
    this.#parameters.set(keyOf(where), history);
    return this.label(where, { version, labels });
  }

  /** Gives labels to a version, and takes them from whichever had them. */
  label(
    where: ParameterKey,
    given: { readonly version: number; readonly labels: readonly string[] },
  ): ParameterVersion {
    const history = (this.#parameters.get(keyOf(where)) ?? []).map((entry) => {
      const kept = entry.labels.filter((each) => !given.labels.includes(each));
      const isMeant = entry.version === given.version;
      return { ...entry, labels: isMeant ? [...kept, ...given.labels] : kept };
    });
    this.#parameters.set(keyOf(where), history);
    const labelled = history.find(({ version }) => version === given.version);
    if (!labelled) throw new Error(`There is no version ${given.version}.`);
    return labelled;
  }

  /** Takes a parameter out with its history. */
  remove(where: ParameterKey): void {
    this.#parameters.delete(keyOf(where));
  }
}

interface ParameterKey {
  readonly region: string;
  readonly name: string;
}

function keyOf({ region, name }: ParameterKey): string {
  return `${region}:${name}`;
}
