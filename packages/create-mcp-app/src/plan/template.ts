export const templateNames = ['stdio', 'http', 'full'] as const;

/** A folder below `templates/`, each a whole project. */
export type TemplateName = (typeof templateNames)[number];

/** What the user reads when choosing. */
export const templateHints: Readonly<Record<TemplateName, string>> = {
  stdio: 'one server class, started by a desktop client',
  http: 'the same class behind a URL, with a health check',
  full: 'a file for each component, stdio and HTTP by flag',
};
