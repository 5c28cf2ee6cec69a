import type { ArgumentField } from '../../schema/index.js';
import type { Problems } from '../problems.js';
import type { TemplateVariable } from '../uri-template/index.js';
import { whereOfParameter } from './handler.js';
import { boundAs, refuseRepeated } from './input.js';
import type { Site } from './site.js';

/** Reports @Param without its variable in the URI, and variables without their @Param. */
export function checkParams(site: Site, uri: string, variables: readonly string[], problems: Problems): void {
  const params = boundAs(site, 'param');
  for (const [index, { name }] of params) {
    if (variables.includes(name)) continue;
    problems.add('TEMPLATE_VARIABLE', `the URI "${uri}" has no variable "${name}".`, {
      where: whereOfParameter(site, index, 'param'),
      fix: variables.length > 0 ? `Use one of: ${variables.join(', ')}.` : `Put {${name}} into the URI.`,
    });
  }
  const taken = params.map(([, { name }]) => name);
  refuseRepeated(site, taken, 'variable', problems);
  for (const variable of variables.filter((name) => !taken.includes(name))) {
    problems.add('TEMPLATE_VARIABLE', `nobody takes the variable "${variable}" of the URI "${uri}".`, {
      where: site.where,
      fix: `Add a parameter with @Param('${variable}'), or remove the variable.`,
    });
  }
}

const convertible: ReadonlySet<unknown> = new Set([String, Number, Boolean]);

/** The variables as fields to convert and check; text where the parameter's type says nothing else. */
export function variableFields(site: Site, variables: readonly TemplateVariable[]): ArgumentField[] {
  const params = boundAs(site, 'param');
  return variables.map(({ name, optional }) => {
    const [index] = params.find(([, binding]) => binding.name === name) ?? [];
    const type = index === undefined ? undefined : site.types?.[index];
    return {
      name,
      type: convertible.has(type) ? type : String,
      required: !optional,
      where: index === undefined ? site.where : whereOfParameter(site, index, 'param'),
    };
  });
}
