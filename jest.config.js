// Unit tests run on the sources and may not open a socket; integration tests run on what is published, `dist/`.
const transform = { "^.+\\.ts$": ["ts-jest", { transpilation: true }] };

// The AWS SDK's notice of the Node versions it will drop; the README says it once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** @type {import("jest").Config} */
module.exports = {
  // Left to itself, jest keeps one core free: of two, half.
  maxWorkers: "100%",
  // No test asserts how long it took. This only ends a test that hangs, on a machine however busy.
  testTimeout: 120_000,
  projects: [
    {
      displayName: "unit",
      testEnvironment: "node",
      testMatch: [
        "<rootDir>/test/{domain,gateway,operations,parity,src}/**/*.test.ts",
        "<rootDir>/test/*.test.ts",
      ],
      setupFilesAfterEnv: ["<rootDir>/test/noNetwork.ts"],
      transform,
    },
    {
      displayName: "integration",
      testEnvironment: "node",
      testMatch: ["<rootDir>/test/{local,bin,integration}/**/*.test.ts"],
      transform,
    },
  ],
};
