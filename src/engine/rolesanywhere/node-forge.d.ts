// The package has no declarations.
declare module "node-forge" {
  const library: unknown;
  export default library;
}
