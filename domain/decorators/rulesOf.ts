import { getMetadataStorage } from "./libraries/classValidator";
import { oncePerClass } from "./metadata";

/** Returns the rules of class-validator that a class has, with those that it inherits. */
export const rulesOf = oncePerClass((entity) =>
  getMetadataStorage().getTargetValidationMetadatas(entity, "", false, false),
);
