import { Arg, Complete, Param, ProtocolError, Resource } from '@reprise/core';
import { citiesThatBeginWith, cityNames, cityOf } from './cities.js';

const invalidParams = -32602;

/** What there is to read about the cities. */
export class CityGuides {
  // #region resource
  @Resource('city://list', { description: 'The cities we fly to', mimeType: 'application/json' })
  list(): readonly string[] {
    return cityNames;
  }

  @Resource('city://{name}/guide', { description: 'What to do in a city', mimeType: 'text/markdown' })
  guide(@Param('name') name: string): string {
    const city = cityOf(name);
    if (!city) throw new ProtocolError(invalidParams, `There is no guide to ${name}.`);
    return `# ${name}\n\n${city.tip}\n`;
  }

  @Complete({ template: 'city://{name}/guide', variable: 'name' })
  names(@Arg() typed: string): string[] {
    return citiesThatBeginWith(typed);
  }
  // #endregion resource
}
