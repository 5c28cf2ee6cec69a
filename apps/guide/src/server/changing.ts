import { type ComponentClass, McpServer, Prompt, Server, Tool } from '@reprise/core';

// #region disable
@Server({ name: 'library', version: '1.0.0' })
export class OpeningHours extends McpServer {
  @Tool({ description: 'Lend a book', tags: ['desk'] })
  lend(): string {
    return 'Lent.';
  }

  @Tool({ description: 'Take a book back', tags: ['desk'] })
  takeBack(): string {
    return 'Taken back.';
  }

  @Tool({ description: 'Search the catalogue' })
  search(): string {
    return 'Found.';
  }

  closeDesk(): void {
    this.disable({ tags: ['desk'] });
  }

  openDesk(): void {
    this.enable(['lend', 'takeBack']);
  }
}
// #endregion disable

export class Readings {
  @Prompt({ description: 'Announce a reading' })
  reading(): string {
    return 'Announce a reading.';
  }
}

// #region replace
export async function showOnly(server: McpServer, plugins: readonly ComponentClass[]): Promise<void> {
  await server.replace(plugins);
}
// #endregion replace

// #region announce
@Server({ name: 'library', version: '1.0.0', announce: ['prompts'] })
export class WithPlugins extends McpServer {
  @Tool({ description: 'Is somebody there?' })
  ring(): string {
    return 'Good morning.';
  }
}
// #endregion announce
