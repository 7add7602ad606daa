// What a CommonJS module of the application gets from the package.
const { InvalidInputError } = require("aws-lambda-connector");
const { createRoute } = require("aws-lambda-connector/gateway");

module.exports = { InvalidInputError, createRoute };
