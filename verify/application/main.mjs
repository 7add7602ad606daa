import { runApplication } from "./application.mjs";

runApplication().then(console.log);
