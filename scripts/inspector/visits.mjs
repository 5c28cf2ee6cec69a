/** All starts of the CLI that one app is worth on one way: each list, and each thing that it should name. */
export function visitsTo({ tools, prompts, resources, templates }) {
  return [
    list('tools/list', 'tools', 'name', tools),
    list('prompts/list', 'prompts', 'name', prompts),
    list('resources/list', 'resources', 'uri', resources),
    list('resources/templates/list', 'resourceTemplates', 'uriTemplate', templates),
    ...each(tools, (name, args) => ['tools/call', '--tool-name', name, ...toolArgs(args)]),
    ...each(prompts, (name, args) => ['prompts/get', '--prompt-name', name, ...promptArgs(args)]),
    ...each(resources, (uri) => ['resources/read', '--uri', uri]),
    ...each(templates, (template) => ['resources/read', '--uri', templates[template].uri]),
  ];
}

/** `check` gives what is wrong, or undefined. */
function list(method, member, key, expected) {
  const wanted = Object.keys(expected).sort().join(', ');
  const check = ({ result, ...rest }) => {
    const named = result?.[member]?.map((entry) => entry[key]).sort();
    return named?.join(', ') === wanted ? undefined : `not ${wanted}, but ${JSON.stringify(named ?? rest)}`;
  };
  return { name: method, words: ['--method', method], check };
}

function each(expected, lineOf) {
  return Object.entries(expected).map(([name, { args = {}, says, fails = false }]) => {
    const check = ({ result, error, err }) => {
      // in words that stand in the answer or, where the call itself failed, in the error
      const heard = JSON.stringify(result ?? error) ?? err;
      if (!heard.includes(JSON.stringify(says).slice(1, -1))) return `it says ${heard.slice(0, 300)}`;
      return fails === (error !== undefined) ? undefined : `fails: ${!fails}`;
    };
    return { name, words: ['--method', ...lineOf(name, args)], check };
  });
}

const toolArgs = (args) => (Object.keys(args).length === 0 ? [] : ['--tool-args-json', JSON.stringify(args)]);

const promptArgs = (args) => {
  const pairs = Object.entries(args).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? [] : ['--prompt-args', ...pairs];
};
