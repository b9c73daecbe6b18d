import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig([
  // Made by tools: the build, and the types of the service's own description of itself.
  globalIgnores(["dist", "src/api/schema.d.ts"]),
  js.configs.recommended,
  typescript.configs.recommended,
  hooks.configs.flat.recommended,
  {
    // For code that the React compiler rewrites, which this is not: a ref that holds the latest
    // value and an effect that starts from an empty list are right here.
    rules: {
      "react-hooks/refs": "off",
      "react-hooks/immutability": "off",
      "react-hooks/set-state-in-effect": "off",
    },
  },
]);
