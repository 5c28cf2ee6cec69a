export { type TemplateVariable, type UriTemplate, uriTemplate } from './uri-template.js';
