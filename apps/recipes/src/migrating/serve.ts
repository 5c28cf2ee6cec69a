import { streamableHttp } from '@reprise/transport-streamable-http';
import { Shop } from './shop.js';

// #region serve
export const serve = (port: number) => new Shop().start(streamableHttp({ port }));
// #endregion serve
