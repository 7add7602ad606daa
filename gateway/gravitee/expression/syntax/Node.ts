import type { Value } from "../values/Value";

/** A binary operator. */
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

/** A property, method, index, selection or projection that is applied to the value on its left. */
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

/** An operator and its right operand, in a chain of operators of equal precedence. */
export interface Further {
  readonly operator: Operator;
  readonly right: Node;
  readonly at: number;
}

/**
 * A node of the syntax tree. Chains of operators are lists, so that a long chain does not become a deep tree.
 */
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
