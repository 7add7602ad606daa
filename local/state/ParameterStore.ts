/** Types of parameters. */
export type ParameterType = "String" | "StringList" | "SecureString";

/** One version of a parameter. */
export interface ParameterVersion {
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;

  /** Labels of this version. A label belongs to one version of a parameter. */
  readonly labels: readonly string[];

  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** Maximum number of versions of a parameter; the oldest is deleted. */
const HISTORY_LIMIT = 100;

/** The parameters of one account in every region. */
export class ParameterStore {
  readonly #parameters = new Map<string, ParameterVersion[]>();

  /**
   * Finds a version of a parameter by its number or label, by default the latest. Returns undefined
   * if it does not exist.
   */
  find(where: ParameterKey, selector?: string): ParameterVersion | undefined {
    const history = this.#parameters.get(keyOf(where));
    return selector === undefined
      ? history?.at(-1)
      : history?.find(
          ({ version, labels }) =>
            String(version) === selector || labels.includes(selector),
        );
  }

  /** Returns the oldest version if the next one would delete it, otherwise undefined. */
  oldestIfFull(where: ParameterKey): ParameterVersion | undefined {
    const history = this.#parameters.get(keyOf(where)) ?? [];
    return history.length < HISTORY_LIMIT ? undefined : history[0];
  }

  /** Writes a new version of a parameter. */
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

  /** Moves labels to a version. */
  label(
    where: ParameterKey,
    labelled: { readonly version: number; readonly labels: readonly string[] },
  ): ParameterVersion {
    const history = (this.#parameters.get(keyOf(where)) ?? []).map((entry) => {
      const kept = entry.labels.filter(
        (each) => !labelled.labels.includes(each),
      );
      const isTarget = entry.version === labelled.version;
      return {
        ...entry,
        labels: isTarget ? [...kept, ...labelled.labels] : kept,
      };
    });
    this.#parameters.set(keyOf(where), history);
    const updated = history.find(({ version }) => version === labelled.version);
    if (!updated)
      throw new Error(`Version ${labelled.version} does not exist.`);
    return updated;
  }

  /** Removes a parameter with its history. */
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
