import { CLASSES } from "../../../../gateway/gravitee/expression/classes/CLASSES";
import { Fault } from "../../../../gateway/gravitee/expression/errors/Fault";
import type { Method } from "../../../../gateway/gravitee/expression/members/Method";
import { Meter } from "../../../../gateway/gravitee/expression/metering/Meter";
import { DECIMAL_METHODS } from "../../../../gateway/gravitee/expression/methods/decimalMethods";
import { LIST_METHODS } from "../../../../gateway/gravitee/expression/methods/listMethods";
import {
  ENTRY_METHODS,
  MAP_METHODS,
  MULTI_MAP_METHODS,
} from "../../../../gateway/gravitee/expression/methods/mapMethods";
import { NUMBER_METHODS } from "../../../../gateway/gravitee/expression/methods/numberMethods";
import { OBJECT_METHODS } from "../../../../gateway/gravitee/expression/methods/objectMethods";
import {
  BOOLEAN_METHODS,
  BYTES_METHODS,
} from "../../../../gateway/gravitee/expression/methods/otherMethods";
import { STRING_METHODS } from "../../../../gateway/gravitee/expression/methods/stringMethods";
import {
  Base64Decoder,
  Base64Encoder,
} from "../../../../gateway/gravitee/expression/objects/base64";
import { DecimalFormat } from "../../../../gateway/gravitee/expression/objects/DecimalFormat";
import { RandomNumbers } from "../../../../gateway/gravitee/expression/objects/RandomNumbers";
import { parseTemplate } from "../../../../gateway/gravitee/expression/parseTemplate";
import { Formatter } from "../../../../gateway/gravitee/expression/time/Formatter";
import {
  Calendar,
  DATE_METHODS,
} from "../../../../gateway/gravitee/expression/time/legacyClasses";
import { Temporal } from "../../../../gateway/gravitee/expression/time/Temporal";
import { Decimal } from "../../../../gateway/gravitee/expression/values/Decimal";
import { Entry } from "../../../../gateway/gravitee/expression/values/entries";
import { MultiMap } from "../../../../gateway/gravitee/expression/values/MultiMap";
import { sizeOf } from "../../../../gateway/gravitee/expression/values/sizeOf";
import type { Value } from "../../../../gateway/gravitee/expression/values/Value";
import { readXml } from "../../../../gateway/gravitee/expression/xml/readXml";
import { loadLibraries } from "../../../../gateway/gravitee/expression/libraries/peers";

beforeAll(loadLibraries);

jest.setTimeout(300_000);

/** The largest body that expressions read by default, in bytes. */
const LARGEST = 6_291_456;

const TEXT = "a b".repeat(LARGEST / 3);
const LIST: readonly unknown[] = new Array(100_000).fill("a");
const MAP = new Map(
  Array.from({ length: 100_000 }, (_, at) => [`k${at}`, "a"]),
);
const BYTES = new Uint8Array(LARGEST);
const INTEGER = 10n ** 1200n;
const DECIMAL = new Decimal(INTEGER, 900);

/** A meter whose time stands still, so that only the steps that are counted stop an evaluation. */
const frozenMeter = (timeoutMs: number): Meter =>
  new Meter({ timeoutMs, clock: () => 0 });

const root = readXml("<a>b</a>", {
  meter: frozenMeter(1000),
  knowsNamespaces: true,
}).root;

const wall = 1_700_000_000;
const zone = "Europe/Berlin";

/** A large receiver of each table of methods. */
const RECEIVERS: readonly (readonly [
  string,
  ReadonlyMap<string, Method<never>>,
  Value,
])[] = [
  ["String", STRING_METHODS, TEXT],
  ["List", LIST_METHODS, LIST],
  ["Map", MAP_METHODS, MAP],
  ["MultiMap", MULTI_MAP_METHODS, new MultiMap(["a", "b"])],
  ["Entry", ENTRY_METHODS, new Entry(TEXT, LIST)],
  ["byte[]", BYTES_METHODS, BYTES],
  ["Long", NUMBER_METHODS, INTEGER],
  ["BigDecimal", DECIMAL_METHODS, DECIMAL],
  ["Boolean", BOOLEAN_METHODS, true],
  ["Date", DATE_METHODS, new Date(0)],
  ...Object.entries<Value>({
    "Base64.Encoder": new Base64Encoder("mime"),
    "Base64.Decoder": new Base64Decoder("mime"),
    Random: new RandomNumbers(1),
    Node: root,
    Calendar: new Calendar(),
    LocalDate: new Temporal("LocalDate", { wall }),
    LocalDateTime: new Temporal("LocalDateTime", { wall }),
    ZonedDateTime: new Temporal("ZonedDateTime", { wall, zone }),
    DateTimeFormatter: new Formatter("EEEE", {
      className: "DateTimeFormatter",
    }),
    SimpleDateFormat: new Formatter("EEEE", { className: "SimpleDateFormat" }),
    DecimalFormat: new DecimalFormat("#,##0.00"),
  }).map(
    ([name, receiver]) =>
      [name, OBJECT_METHODS.get(name) ?? new Map(), receiver] as const,
  ),
];

interface Case {
  readonly name: string;
  readonly method: Method<Value>;
  readonly receiver: Value;
}

const CASES: readonly Case[] = [
  ...RECEIVERS.flatMap(([type, methods, receiver]) =>
    [...methods].map(([name, method]) => ({
      name: `${type}.${name}`,
      method: method as unknown as Method<Value>,
      receiver,
    })),
  ),
  ...CLASSES.flatMap(({ name, statics = new Map(), construct }) =>
    [...statics, ...(construct ? [["new", construct] as const] : [])].map(
      ([member, method]) => ({
        name: `${name}.${String(member)}`,
        method: method,
        receiver: null,
      }),
    ),
  ),
];

const ARGUMENTS: readonly Value[] = [
  TEXT,
  "a",
  1,
  INTEGER,
  DECIMAL,
  LIST,
  MAP,
  BYTES,
];

/** Lists of equal arguments, for each number of arguments that a method accepts. */
function argumentLists(method: Method<Value>): Value[][] {
  const counts = [0, 1, 2, 3].filter((count) => method.accepts(count));
  return counts.flatMap((count) =>
    count === 0
      ? [[]]
      : ARGUMENTS.map((value) => new Array<Value>(count).fill(value)),
  );
}

function call(
  { method, receiver }: Case,
  args: readonly Value[],
  meter: Meter,
): string | undefined {
  try {
    meter.run(() => method.call(receiver, args, meter));
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

/** The methods that read only a part of their receiver, whose size is limited. */
const CONSTANT = [
  ...["length", "isEmpty", "charAt", "codePointAt", "substring"],
  ...["subSequence", "toString", "intern"],
].map((name) => `String.${name}`);
const CONSTANT_OF_COLLECTIONS = [
  ...["size", "isEmpty", "get", "getFirst", "getLast"].map(
    (name) => `List.${name}`,
  ),
  ...["Map", "MultiMap"].flatMap((type) =>
    ["get", "getOrDefault", "containsKey"].map((name) => `${type}.${name}`),
  ),
];

describe("a method of the expression language", () => {
  it("is in a table whose receivers are all tested", () => {
    expect(RECEIVERS.map(([name]) => name)).toEqual(
      expect.arrayContaining([...OBJECT_METHODS.keys()]),
    );
    expect(CASES.length).toBeGreaterThan(300);
  });

  it("counts its receiver unless it reads only a part of it", () => {
    const constant = CASES.filter(({ method }) => method.cost.receiver < 1);

    expect(constant.map(({ name }) => name).sort()).toEqual(
      [...CONSTANT, ...CONSTANT_OF_COLLECTIONS].sort(),
    );
  });

  it.each(CASES)(
    "counts at least the size of what it receives: $name",
    (each) => {
      for (const args of argumentLists(each.method)) {
        const meter = frozenMeter(50);
        call(each, args, meter);

        const receiver =
          each.method.cost.receiver < 1 ? 0 : sizeOf(each.receiver);
        const size = args.reduce<number>(
          (sum, arg) => sum + sizeOf(arg),
          receiver,
        );
        expect(meter.steps).toBeGreaterThanOrEqual(size);
        expect(meter.steps).toBeGreaterThan(0);
      }
    },
  );

  it.each(
    CASES.filter(
      ({ method, receiver }) =>
        method.cost.receiver >= 1 && sizeOf(receiver) > 1_000_000,
    ),
  )("does not start if it would exceed the time limit: $name", (each) => {
    const meter = frozenMeter(1);
    const [args = []] = argumentLists(each.method);

    expect(call(each, args, meter)).toBe(
      "evaluation exceeded the limit of 1 ms; shorten the expression or the data it reads",
    );
    expect(meter.steps).toBeGreaterThan(LARGEST);
  });

  it.each(CASES.filter(({ name }) => CONSTANT.includes(name)))(
    "needs the same number of steps for any receiver: $name",
    (each) => {
      const steps = [TEXT, "abc"].map((receiver) => {
        const meter = frozenMeter(50);
        const count = [0, 1, 2].find((n) => each.method.accepts(n)) ?? 0;
        call({ ...each, receiver }, new Array<Value>(count).fill(1), meter);
        return meter.steps;
      });

      expect(steps[0]).toBe(steps[1]);
    },
  );
});

describe("a function of the expression language", () => {
  it.each([
    "#jsonPath(#x, '$.a')",
    "#jsonPath('{}', #x)",
    "#xpath(#x, '/a')",
    "#xpath('<a/>', #x)",
    "#xmlEscape(#x)",
    "#jsonEscape(#x)",
    "#x == #y",
    "#x < #y",
    "#x + #y",
    "#x between {#x, #y}",
    "#x matches 'a'",
    "#x ? 1 : 2",
    "!#x",
    "{1}[#x]",
    "{a: 1}[#x]",
  ])("counts at least the size of what it receives: %s", (expression) => {
    const meter = frozenMeter(50);
    const variables = { x: TEXT, y: `${TEXT.slice(1)}c` };
    try {
      parseTemplate(`{(${expression})}`).toText({ variables, meter });
    } catch (error) {
      expect((error as Error).name).toBe("EvaluationError");
    }

    expect(meter.steps).toBeGreaterThanOrEqual(LARGEST);
  });
});
