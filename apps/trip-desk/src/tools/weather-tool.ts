import { Arg, Description, Tool, ToolError } from '@reprise/core';
import { IsNumber, IsString } from 'class-validator';
import { cityNames, cityOf } from '../cities.js';

class WeatherReport {
  @IsString() sky!: string;
  @Description('In degrees Celsius') @IsNumber() degrees!: number;
}

// #region weather
/** One file, one tool: the server finds it in its folder. */
@Tool({
  description: 'The weather in a city',
  output: WeatherReport,
  annotations: { readOnlyHint: true },
})
export class WeatherTool {
  async execute(@Arg('city', { description: 'Its English name' }) city: string): Promise<WeatherReport> {
    const found = cityOf(city);
    if (!found) throw new ToolError(`No weather for ${city}. Known: ${cityNames.join(', ')}.`);
    return { sky: found.sky, degrees: found.degrees };
  }
}
// #endregion weather
