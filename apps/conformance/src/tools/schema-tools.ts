import { Args, type Infer, Tool } from '@reprise/core';
import { Type } from 'typebox';

const Contact = Type.Object(
  {
    name: Type.Optional(Type.String()),
    address: Type.Optional(Type.Ref('#/$defs/address')),
    contactMethod: Type.Optional(Type.Enum(['phone', 'email'])),
    phone: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      address: {
        $anchor: 'addressDef',
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } },
      },
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    then: { required: ['phone'] },
    else: { required: ['email'] },
    additionalProperties: false,
  },
);

const Query = Type.Object({
  region: Type.Optional(Type.String({ 'x-mcp-header': 'Region', description: 'Travels in a header as well' })),
});

/** What is said about arguments. */
export class SchemaTools {
  @Tool({ description: 'Arguments that need most words of JSON Schema 2020-12' })
  json_schema_2020_12_tool(@Args(Contact) contact: Infer<typeof Contact>): string {
    return `JSON Schema 2020-12 tool called with ${JSON.stringify(contact)}`;
  }

  @Tool({ description: 'An argument that is mirrored in a header' })
  test_x_mcp_header(@Args(Query) { region }: Infer<typeof Query>): string {
    return `Region: ${region ?? 'none'}`;
  }
}
