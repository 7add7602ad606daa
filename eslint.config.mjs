import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "docs/reference/",
      "coverage/",
      "bench/node_modules/",
      // Written to be compiled, right or wrong, not to be run.
      "test/consumers/",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Our `Function` is an entity; the JavaScript global of that name is never meant.
      "no-restricted-globals": ["error", "Function"],
      "no-console": "error",
      "max-params": ["error", 3],
      "max-lines": ["error", { max: 250 }],
      "@typescript-eslint/consistent-type-imports": "error",
      // A constructor that narrows its parameter's type is not useless.
      "@typescript-eslint/no-useless-constructor": "off",
      // A request of which nothing has to be said is an empty class, and wears its decorators.
      "@typescript-eslint/no-extraneous-class": "off",
      // Numbers in a message need no String().
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
    },
  },
  {
    // What a person starts may speak to him.
    files: ["bin/**", "examples/**", "bench/**", "*.mjs", "*.js"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        module: "writable",
        exports: "writable",
        require: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        performance: "readonly",
      },
    },
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**"],
    rules: {
      // A test file is as long as its sentences; matchers return `any`.
      "max-lines": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
