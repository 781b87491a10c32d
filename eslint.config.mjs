// The rules for the interface's TypeScript. The walls between the rooms of ui/src stand here as well as in tests/architecture, so that an editor shows them at once.
import eslint from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** A room may not import from the rooms that stand above it. */
function wall(room, forbidden) {
  const patterns = forbidden.map((name) => ({
    group: [`**/${name}/*`, `**/${name}`],
    message: `ui/src/${room} stands below ui/src/${name}: views -> components -> state, actions -> ipc.`,
  }));
  if (room !== "ipc")
    patterns.push({ group: ["@tauri-apps/*"], message: "Only ui/src/ipc/tauri.ts knows the shell." });
  return {
    files: [`ui/src/${room}/**/*.{ts,tsx}`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

export default tseslint.config(
  {
    ignores: [
      "ui/dist/**",
      "ui/src/ipc/bindings.ts",
      "target/**",
      "gen/**",
      "test-output/**",
      "node_modules/**",
    ],
  },
  {
    files: ["ui/**/*.{ts,tsx}"],
    extends: [eslint.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "no-console": "error",
    },
  },
  wall("views", []),
  wall("components", ["views"]),
  wall("state", ["views", "components"]),
  wall("actions", ["views", "components"]),
  wall("words", ["views", "components", "state", "actions"]),
  wall("ipc", ["views", "components", "state", "actions", "words"]),
);
