import { Param, Resource } from '@reprise/core';
import { redPixel } from './sample-data.js';

/** Each kind of resource. */
export class Resources {
  @Resource('test://static-text', { description: 'A text', mimeType: 'text/plain' })
  staticText(): string {
    return 'This is the content of the static text resource.';
  }

  @Resource('test://static-binary', { description: 'An image', mimeType: 'image/png' })
  staticBinary(): Uint8Array {
    return Buffer.from(redPixel, 'base64');
  }

  @Resource('test://watched-resource', { description: 'Clients may subscribe to it', mimeType: 'text/plain' })
  watched(): string {
    return 'Watched resource content';
  }

  @Resource('test://template/{id}/data', { description: 'One for each id', mimeType: 'application/json' })
  template(@Param('id') id: string): object {
    return { id, templateTest: true, data: `Data for ID: ${id}` };
  }
}
