import type { Role } from "../iam/Role";
import { FunctionStore } from "./FunctionStore";
import { ParameterStore } from "./ParameterStore";
import type { Profile } from "./Profile";
import type { TrustAnchor } from "./TrustAnchor";

/** Resources of one account. */
export class Account {
  readonly functions = new FunctionStore();
  readonly parameters = new ParameterStore();
  readonly roles = new Map<string, Role>();

  /** By ARN. */
  readonly trustAnchors = new Map<string, TrustAnchor>();
  readonly profiles = new Map<string, Profile>();

  constructor(readonly id: string) {}
}
