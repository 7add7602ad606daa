import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "docs/reference/",
      "coverage/",
      "bench/node_modules/",
      // Fixtures for the compiler, some of them wrong on purpose.
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
      // `Function` is an entity here. The JavaScript global is never used.
      "no-restricted-globals": ["error", "Function"],
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        {
          property: "toLocaleString",
          message: "Use formatNumber: the first call takes some 10 ms.",
        },
      ],
      "max-params": ["error", 3],
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": [
        "error",
        { max: 40, skipBlankLines: true, skipComments: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      // Constructors can narrow the type of their parameter.
      "@typescript-eslint/no-useless-constructor": "off",
      // A request without fields is an empty class.
      "@typescript-eslint/no-extraneous-class": "off",
      // Numbers in a message need no String().
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
    },
  },
  {
    // Programs that are started from a terminal may print.
    files: ["bin/**", "examples/**", "bench/**", "verify/**", "*.mjs", "*.js"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        module: "writable",
        exports: "writable",
        require: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        Request: "readonly",
        fetch: "readonly",
        performance: "readonly",
      },
    },
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**"],
    rules: {
      // Test files may be long. Matchers return `any`.
      "max-lines": "off",
      "max-lines-per-function": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
