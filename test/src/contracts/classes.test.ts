import {
  Allow,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEnum,
  IsIn,
  IsInstance,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Min,
  ValidateIf,
  ValidateNested,
} from "class-validator";
import { Exclude, Expose, Transform, Type } from "class-transformer";
import { createConnector } from "../../../src";
import { functionResult } from "../../awsResponses";
import { catchError } from "../../catchError";
import { connection } from "../../connection";
import { FakeAws } from "../../FakeAws";

class Money {
  @IsString()
  @Length(3, 3)
  readonly currency!: string;
}

class WithoutRules {
  readonly total!: number;
}

type AnyClass = new () => object;

function accept(contract: AnyClass): unknown {
  const connector = createConnector(connection, { transport: new FakeAws() });
  return connector.function("price", { request: contract, response: contract });
}

async function refusal(contract: AnyClass): Promise<string> {
  const error = await catchError(() => {
    const connector = createConnector(connection, { transport: new FakeAws() });
    return connector.function("price", { response: contract });
  });
  expect(error).toMatchObject({
    code: "ERR_INVALID_INPUT",
    operation: "function",
  });
  if (error.code !== "ERR_INVALID_INPUT") throw error;
  return error.issues.map(({ message }) => message).join("\n");
}

/** Returns the paths of the issues of a response, or what the typed function returned. */
async function respond(response: AnyClass, payload: unknown): Promise<unknown> {
  const transport = new FakeAws().respondWith(functionResult(payload));
  const connector = createConnector(connection, { transport });
  const call = connector.function("price", { response });
  const result = call({}).catch((error: unknown) => error);
  const value = await result;
  if (!(value instanceof Error)) return value;
  expect(value).toMatchObject({ code: "ERR_RESPONSE", execution: "ran" });
  return (value as unknown as { issues: { path: string }[] }).issues.map(
    ({ path }) => path,
  );
}

/** Returns the paths of the issues of a request, or what was sent. */
async function send(request: AnyClass, payload: object): Promise<unknown> {
  const transport = new FakeAws().respondWith(functionResult(null));
  const connector = createConnector(connection, { transport });
  const call = connector.function("price", { request });
  const result = await call(payload).catch((error: unknown) => error);
  if (!(result instanceof Error)) return transport.sent[0]?.body;
  expect(transport.sent).toEqual([]);
  expect(result).toMatchObject({
    code: "ERR_INVALID_INPUT",
    execution: "did-not-run",
  });
  return (result as unknown as { issues: { path: string }[] }).issues.map(
    ({ path }) => path,
  );
}

describe("a contract with a class", () => {
  describe("is refused when it is made", () => {
    it("if the class has no rules", async () => {
      expect(await refusal(WithoutRules)).toBe(
        "response cannot be checked because the class WithoutRules has no rules; add decorators of class-validator to its properties, for example @IsString()",
      );
    });

    it("if a nested class has no rules, whichever decorator names it", async () => {
      class ByType {
        @ValidateNested()
        @Type(() => WithoutRules)
        readonly nested!: WithoutRules;
      }
      class ByCompiler {
        @IsObject()
        readonly nested!: WithoutRules;
      }
      class InArray {
        @IsArray()
        @Type(() => WithoutRules)
        readonly nested!: WithoutRules[];
      }

      for (const contract of [ByType, ByCompiler, InArray])
        expect(await refusal(contract)).toMatch(
          /^response cannot be checked because the class WithoutRules has no rules; /,
        );
    });

    it("if an array has no rule for its items", async () => {
      class Order {
        @IsArray()
        @ArrayMinSize(1)
        readonly items!: Money[];
      }

      expect(await refusal(Order)).toBe(
        "response cannot be checked because Order.items has no rule for its items; add @ValidateNested({ each: true }) and @Type(() => …) with their class, a rule with { each: true }, or @Allow() if any items are valid",
      );
    });

    it.each([
      ["an array", Array],
      ["a set", Set],
      ["a map", Map],
    ])("if the class in %s is not known", async (_, container) => {
      class Order {
        readonly items!: unknown;
      }
      Reflect.defineMetadata(
        "design:type",
        container,
        Order.prototype,
        "items",
      );
      ValidateNested({ each: true })(Order.prototype, "items");

      expect(await refusal(Order)).toBe(
        "response cannot be checked because Order.items has @ValidateNested, but its class is not known; add @Type(() => …) with the class of its items, imported from the copy of class-transformer that this package uses",
      );
    });

    it("if @ValidateNested is on an interface", async () => {
      class Order {
        @ValidateNested()
        readonly money!: { readonly currency: string };
      }

      expect(await refusal(Order)).toMatch(
        /Order\.money has @ValidateNested, but its class is not known; add @Type\(\(\) => …\) with the class, imported from the copy of class-transformer that this package uses$/,
      );
    });

    it("if a property has no rule, or only rules about its presence", async () => {
      class Order {
        @IsString()
        readonly id!: string;
        @IsOptional()
        readonly note?: string;
        @Expose()
        readonly exposed!: string;
        @Type(() => Date)
        readonly at!: Date;
        @Transform(({ value }) => value as unknown)
        readonly transformed!: string;
        @ValidateIf(() => true)
        readonly conditional!: string;
        @IsDefined()
        readonly anything!: unknown;
        readonly currency = "EUR";
        readonly format = (): string => this.id;
      }

      const found = [...(await refusal(Order)).matchAll(/Order\.(\w+)/g)];

      expect(found.map(([, name]) => name).sort()).toEqual([
        "anything",
        "at",
        "conditional",
        "currency",
        "exposed",
        "note",
        "transformed",
      ]);
    });

    it("if a class far away in a circle of classes is incomplete", async () => {
      class Leaf {
        @IsString()
        readonly name!: string;
        @IsArray()
        readonly tags!: string[];
      }
      class Branch {
        @ValidateNested({ each: true })
        @Type(() => Branch)
        readonly branches!: Branch[];
        @ValidateNested()
        readonly leaf!: Leaf;
      }
      class Tree {
        @ValidateNested()
        readonly branch!: Branch;
      }

      expect(await refusal(Tree)).toMatch(
        /Leaf\.tags has no rule for its items/,
      );
    });

    it("if its constructor or a @Type function throws", async () => {
      class Moody {
        @IsString()
        readonly name!: string;
        constructor() {
          throw new Error("not today");
        }
      }
      class Early {
        @ValidateNested()
        @Type(() => {
          throw new ReferenceError("not initialized");
        })
        readonly late!: unknown;
      }

      expect(await refusal(Moody)).toMatch(/the constructor of Moody threw/);
      expect(await refusal(Early)).toMatch(
        /Early\.late has a @Type whose function threw/,
      );
    });

    it.each([Object, Array, Date, Map, Promise, Buffer])(
      "if it is %p",
      async (type) => {
        expect(await refusal(type as unknown as AnyClass)).toBe(
          `response must be a class with class-validator decorators, or a schema of Zod or another library with Standard Schema, not ${type.name}`,
        );
      },
    );

    it("if its request has a Map or a Set, which JSON.stringify would empty", async () => {
      class Stock {
        @IsString({ each: true })
        readonly tags!: Set<string>;
        @Type(() => Money)
        readonly prices!: Map<string, Money>;
      }
      const connector = createConnector(connection);

      const error = await catchError(() =>
        connector.function("price", { request: Stock }),
      );

      expect(error).toMatchObject({
        issues: [
          {
            path: "request",
            message:
              "request cannot be checked because Stock.tags is a Set, which JSON does not have; use an object or an array",
          },
          { path: "request" },
        ],
      });
    });

    it("if a proxy hides its class", async () => {
      expect(await refusal(new Proxy(Money, {}))).toMatch(/has no rules/);
    });
  });

  describe("is accepted", () => {
    it("if rules or the caller's choice cover every property", () => {
      enum Color {
        red = "red",
      }
      class Base {
        @IsString()
        readonly id!: string;
      }
      class Order extends Base {
        @IsEnum(Color)
        readonly color!: Color;
        @IsIn(["a", "b"])
        readonly kind!: "a" | "b";
        @IsObject()
        readonly anyObject!: Record<string, unknown>;
        @Allow()
        readonly anything!: unknown;
        @Allow()
        readonly anyItems!: unknown[];
        @IsString({ each: true })
        readonly tags!: string[];
        @IsOptional()
        @IsInt()
        readonly count?: number;
        @Type(() => Date)
        @IsDate()
        readonly at!: Date;
        @Exclude()
        readonly hidden?: string;
        @IsBoolean({ groups: ["admin"] })
        readonly grouped!: boolean;
        get label(): string {
          return this.id;
        }
      }

      expect(typeof accept(Order)).toBe("function");
    });
  });

  describe("checks", () => {
    it("a nested object whose class only the compiler knows, and makes it an instance", async () => {
      class Price {
        @IsDefined()
        readonly money!: Money;
      }

      const price = await respond(Price, { money: { currency: "EUR" } });

      expect((price as Price).money).toBeInstanceOf(Money);
      expect(await respond(Price, { money: { currency: "EURO" } })).toEqual([
        "money.currency",
      ]);
      expect(await respond(Price, { money: 7 })).toEqual(["money"]);
      expect(await respond(Price, { money: [{ currency: "EUR" }] })).toEqual([
        "money",
      ]);
      expect(await send(Price, { money: {} })).toEqual([
        "money.currency",
        "money.currency",
      ]);
    });

    it("nested objects with @Type, but without @ValidateNested", async () => {
      class Price {
        @IsArray()
        @Type(() => Money)
        readonly money!: Money[];
      }

      expect(
        await respond(Price, { money: [{ currency: "EUR" }, { currency: 7 }] }),
      ).toContain("money[1].currency");
      expect(await respond(Price, { money: [null] })).toEqual(["money[0]"]);
    });

    it("a nested object that is missing, unless it is optional", async () => {
      class Price {
        @ValidateNested()
        readonly money!: Money;
      }
      class Offer {
        @IsOptional()
        @ValidateNested()
        readonly money?: Money;
      }

      expect(await respond(Price, {})).toEqual(["money"]);
      expect(await respond(Price, { money: null })).toEqual(["money"]);
      expect(await respond(Offer, {})).toBeInstanceOf(Offer);
      expect(await respond(Offer, { money: null })).toBeInstanceOf(Offer);
    });

    it("a nested object only if its condition holds", async () => {
      class Price {
        @IsBoolean()
        readonly priced!: boolean;
        @ValidateIf(({ priced }: Price) => priced)
        @ValidateNested()
        readonly money!: Money;
      }

      expect(await respond(Price, { priced: false })).toBeInstanceOf(Price);
      expect(await respond(Price, { priced: true })).toEqual(["money"]);
    });

    it("that an array is an array, although class-validator accepts one item", async () => {
      class Order {
        @IsString({ each: true })
        readonly tags!: string[];
        @ValidateNested({ each: true })
        @Type(() => Money)
        readonly money!: Money[];
      }

      expect(
        await respond(Order, { tags: "new", money: { currency: "EUR" } }),
      ).toEqual(["tags", "money"]);
    });

    it("that an array is an array, without the compiler's metadata", async () => {
      class Order {
        declare tags: string[];
        declare money: Money[];
      }
      IsString({ each: true })(Order.prototype, "tags");
      ValidateNested({ each: true })(Order.prototype, "money");
      Type(() => Money)(Order.prototype, "money");
      const money = { currency: "EUR" };

      expect(await respond(Order, { tags: "new", money })).toEqual([
        "tags",
        "money",
      ]);
      expect(await respond(Order, { tags: [], money: [money] })).toBeInstanceOf(
        Order,
      );
    });

    it("the type of a value whose rules say nothing about it", async () => {
      class Order {
        @IsNotEmpty()
        readonly sku!: string;
        @IsDefined()
        readonly count!: number;
      }

      expect(await respond(Order, { sku: 7, count: "8" })).toEqual([
        "sku",
        "count",
      ]);
      expect(await respond(Order, { sku: "A", count: 8 })).toEqual({
        sku: "A",
        count: 8,
      });
    });

    it("maps and sets of classes", async () => {
      class Stock {
        @ValidateNested()
        @Type(() => Money)
        readonly prices!: Map<string, Money>;
        @Type(() => Money)
        readonly currencies!: Set<Money>;
      }
      const good = {
        prices: { "A-17": { currency: "EUR" } },
        currencies: [{ currency: "EUR" }],
      };

      const stock = (await respond(Stock, good)) as Stock;

      expect(stock.prices.get("A-17")).toBeInstanceOf(Money);
      expect([...stock.currencies][0]).toBeInstanceOf(Money);
      expect(
        await respond(Stock, {
          prices: { "A-17": { currency: 7 } },
          currencies: [{}],
        }),
      ).toEqual(
        expect.arrayContaining([
          "prices.A-17.currency",
          "currencies[0].currency",
        ]),
      );
    });

    it("plain objects within an instance that the caller passes", async () => {
      class Order {
        @ValidateNested()
        @Type(() => Money)
        readonly money!: Money;
      }
      const order = Object.assign(new Order(), { money: { currency: "EURO" } });

      expect(await send(Order, order)).toEqual(["money.currency"]);
      expect(order.money).not.toBeInstanceOf(Money);
    });

    it("classes that depend on a discriminator", async () => {
      abstract class Shape {
        readonly kind!: string;
      }
      class Circle extends Shape {
        @IsNumber()
        readonly radius!: number;
      }
      class Square extends Shape {
        @IsNumber()
        @Min(0)
        readonly side!: number;
      }
      class Drawing {
        @ValidateNested({ each: true })
        @Type(() => Shape, {
          discriminator: {
            property: "kind",
            subTypes: [
              { value: Circle, name: "circle" },
              { value: Square, name: "square" },
            ],
          },
        })
        readonly shapes!: Shape[];
      }
      const shapes = [{ kind: "circle", radius: 1 }];

      expect(await send(Drawing, { shapes })).toEqual({ shapes });
      expect(shapes).toEqual([{ kind: "circle", radius: 1 }]);
      expect(
        await respond(Drawing, { shapes: [{ kind: "square", side: -1 }] }),
      ).toEqual(["shapes[0].side"]);
      expect(
        await respond(Drawing, { shapes: [{ kind: "triangle" }] }),
      ).toEqual(["shapes[0]"]);
    });

    it("classes that @Type chooses by the value", async () => {
      class Order {
        @ValidateNested()
        @Type((options) =>
          (options?.object as { free?: boolean }).free ? WithoutRules : Money,
        )
        readonly money!: unknown;
        @IsOptional()
        @IsBoolean()
        readonly free?: boolean;
      }

      expect(await respond(Order, { money: { currency: 7 } })).toContain(
        "money.currency",
      );
      expect(await respond(Order, { money: {}, free: true })).toEqual([
        "money",
      ]);
    });

    it("arrays in arrays", async () => {
      class Table {
        @IsDefined()
        @Type(() => Money)
        readonly rows!: Money[][];
      }
      const good = { currency: "EUR" };

      const table = (await respond(Table, { rows: [[good], []] })) as Table;

      expect(table.rows[0]?.[0]).toBeInstanceOf(Money);
      expect(await respond(Table, { rows: [[good], [good, {}]] })).toEqual([
        "rows[1][1].currency",
        "rows[1][1].currency",
      ]);
    });

    it("what @Transform makes, and the class of @IsInstance", async () => {
      class Price {
        @Transform(({ value }) => Object.assign(new Money(), value as object))
        @ValidateNested()
        readonly made!: Money;
        @IsInstance(Money)
        readonly other!: unknown;
      }
      const money = { currency: 7 };

      expect(await respond(Price, { made: money, other: money })).toEqual(
        expect.arrayContaining(["made.currency", "other.currency"]),
      );
    });

    it("a tree of instances to any depth", async () => {
      class Node {
        @IsString()
        readonly name!: string;
        @IsDefined()
        @Type(() => Node)
        readonly children!: Node[];
      }
      const leaf = { name: 7, children: [] };
      const tree = { name: "a", children: [{ name: "b", children: [leaf] }] };

      expect(await respond(Node, tree)).toEqual([
        "children[0].children[0].name",
      ]);
    });

    it("a response that has a property constructor, by the contract's class", async () => {
      const response = JSON.parse(
        '{"currency":7,"constructor":{},"__proto__":{"currency":"EUR"}}',
      ) as object;

      expect(await respond(Money, response)).toContain("currency");
    });

    it("names that @Expose changes", async () => {
      class Order {
        @Expose({ name: "unit_price" })
        @IsNumber()
        readonly unitPrice!: number;
      }

      expect(await respond(Order, { unit_price: 7 })).toEqual({ unitPrice: 7 });
      expect(await respond(Order, { unit_price: "7" })).toEqual(["unitPrice"]);
    });

    it("rules on a getter", async () => {
      class Sum {
        @IsInt()
        readonly a!: number;
        @Min(10)
        get doubled(): number {
          return this.a * 2;
        }
      }

      expect(await respond(Sum, { a: 5 })).toEqual({ a: 5 });
      expect(await respond(Sum, { a: 4 })).toEqual(["doubled"]);
    });

    it("at most 100 issues", async () => {
      class Order {
        @Type(() => Money)
        readonly money!: Money[];
      }
      const money = Array.from({ length: 1_000 }, () => ({}));

      expect(await respond(Order, { money })).toHaveLength(100);
    });
  });

  it("accepts String, Number and Boolean for payloads that are no objects", async () => {
    const text = await respond(String, "yes");
    const wrong = await respond(Number, "7");

    expect(text).toBe("yes");
    expect(wrong).toEqual([""]);
    expect(await respond(Boolean, false)).toBe(false);
  });
});
