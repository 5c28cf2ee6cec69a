import { defineConfig } from 'vitepress';
import { membersOfClasses } from './members-of-classes.js';
import { outsideLinks } from './outside-links.js';
import { referenceSidebar } from './reference.js';
import { flatSectionOf, page, sectionOf } from './sidebar.js';
import { slug } from './slug.js';

const learn = [
  { text: 'Start', items: [{ text: 'Five minutes', link: '/start/' }] },
  ...flatSectionOf('concepts', 'Concepts'),
  ...sectionOf('guide', 'Guide'),
];
const recipes = flatSectionOf('recipes', 'Recipes');
const migrating = flatSectionOf('migrating', 'Migrating');
const background = [
  ...page('errors', 'Errors'),
  ...page('security', 'Security'),
  ...page('architecture', 'Architecture'),
];

export default defineConfig({
  lang: 'en',
  title: 'Reprise',
  description: 'MCP servers whose handlers ask with one await, for clients of every protocol revision',
  // To look at a page before the pages that it links to are written.
  ignoreDeadLinks: process.env.DOCS_DRAFT === '1',
  srcExclude: ['node_modules/**', 'README.md'],
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/logo.svg' }],
    ['meta', { name: 'theme-color', content: '#f7f3ea', media: '(prefers-color-scheme: light)' }],
    ['meta', { name: 'theme-color', content: '#16151a', media: '(prefers-color-scheme: dark)' }],
  ],
  markdown: {
    anchor: { slugify: slug },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
    codeTransformers: [membersOfClasses],
    // The parser's own type is not exported; outsideLinks names the part that it uses.
    config: (markdown) => outsideLinks(markdown as never, process.env.DOCS_REPOSITORY),
  },
  themeConfig: {
    logo: { src: '/logo.svg', alt: '' },
    search: { provider: 'local' },
    outline: { level: [2, 3], label: 'On this page' },
    docFooter: { prev: 'Before', next: 'Next' },
    externalLinkIcon: false,
    nav: [
      { text: 'Start', link: '/start/', activeMatch: '^/start/' },
      { text: 'Concepts', link: '/concepts/', activeMatch: '^/concepts/' },
      { text: 'Guide', link: '/guide/', activeMatch: '^/guide/' },
      ...(recipes.length > 0 ? [{ text: 'Recipes', link: '/recipes/', activeMatch: '^/recipes/' }] : []),
      { text: 'Reference', link: '/api/', activeMatch: '^/api/' },
      {
        text: 'More',
        items: [
          ...(migrating.length > 0 ? [{ text: 'Migrating', link: '/migrating/' }] : []),
          ...background.map(({ text, link = '/' }) => ({ text, link })),
          { text: 'Decisions', link: '/decisions/' },
        ],
      },
    ],
    sidebar: {
      '/': [...learn, ...recipes, ...migrating, { text: 'Background', items: background }],
      '/decisions/': [...sectionOf('decisions', 'Decisions'), { text: 'Background', items: background }],
      '/api/': referenceSidebar(),
    },
  },
});
