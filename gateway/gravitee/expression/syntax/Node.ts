import type { Value } from "../values/Value";

/** A word of the language's own between two values. */
export type Operator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "^"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "matches"
  | "between"
  | "instanceof";

/** What is done to the value on its left, behind a dot or a bracket. */
export type Link =
  | {
      readonly kind: "property";
      readonly name: string;
      readonly isSafe: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "method";
      readonly name: string;
      readonly args: readonly Node[];
      readonly isSafe: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "index";
      readonly index: Node;
      readonly isSafe: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "select";
      readonly which: "all" | "first" | "last";
      readonly test: Node;
      readonly isSafe: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "project";
      readonly each: Node;
      readonly isSafe: boolean;
      readonly at: number;
    };

/** One operator and its right side, in a row of operators of equal rank. */
export interface Further {
  readonly operator: Operator;
  readonly right: Node;
  readonly at: number;
}

/** An expression, as it was read. Rows are lists, so that a long one is not a deep one. */
export type Node =
  | { readonly kind: "literal"; readonly value: Value; readonly at: number }
  | { readonly kind: "variable"; readonly name: string; readonly at: number }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Node[];
      readonly at: number;
    }
  | { readonly kind: "self"; readonly at: number }
  | { readonly kind: "type"; readonly name: string; readonly at: number }
  | {
      readonly kind: "new";
      readonly name: string;
      readonly args: readonly Node[];
      readonly at: number;
    }
  | {
      readonly kind: "path";
      readonly start: Node;
      readonly links: readonly Link[];
      readonly at: number;
    }
  | {
      readonly kind: "row";
      readonly first: Node;
      readonly rest: readonly Further[];
      readonly at: number;
    }
  | {
      readonly kind: "all" | "any";
      readonly parts: readonly Node[];
      readonly at: number;
    }
  | {
      readonly kind: "unary";
      readonly operator: "+" | "-" | "!";
      readonly of: Node;
      readonly at: number;
    }
  | {
      readonly kind: "ternary";
      readonly test: Node;
      readonly yes: Node;
      readonly no: Node;
      readonly at: number;
    }
  | {
      readonly kind: "elvis";
      readonly value: Node;
      readonly otherwise: Node;
      readonly at: number;
    }
  | {
      readonly kind: "list";
      readonly items: readonly Node[];
      readonly at: number;
    }
  | {
      readonly kind: "map";
      readonly entries: readonly (readonly [Node, Node])[];
      readonly at: number;
    };
