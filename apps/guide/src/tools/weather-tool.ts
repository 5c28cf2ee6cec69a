// #region tool
import { Arg, Tool } from '@reprise/core';

@Tool({ description: 'The weather at the door' })
export class WeatherTool {
  execute(@Arg('unit', { enum: ['C', 'F'], required: false }) unit: 'C' | 'F' = 'C'): string {
    return unit === 'C' ? '20 °C' : '68 °F';
  }
}
// #endregion tool
