/** What this file needs of a transformer of shiki. */
interface Highlighting {
  lang: string;
  grammarContextCode?: string;
}

/** Many snippets are one method without its class: the highlighter must know that it stands inside of one. */
export const membersOfClasses = {
  name: 'members-of-classes',
  preprocess(code: string, options: Highlighting): void {
    const isMember = /^@\w/.test(code) && !/^(export )?(abstract )?class /m.test(code);
    if (options.lang === 'ts' && isMember) options.grammarContextCode = 'class Server {';
  },
};
