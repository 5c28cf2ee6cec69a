/**
 * What the Inspector's CLI should get from each tool and prompt: a text that the answer holds. The CLI offers roots, and
 * neither a user nor a model, so a question to them has to end in words that say so.
 */
const noUser = { says: 'The client does not support elicitation.form', fails: true };
const noModel = { says: 'The client does not support sampling', fails: true };

export const expectations = {
  'trip-desk': {
    tools: {
      book: { args: { destination: 'Lisbon', nights: 3 }, ...noUser },
      comfort: { args: { ticket: 'T-1' }, ...noUser },
      pack: { args: { destination: 'Lisbon', nights: 3 }, says: 'Pack for every weather.' },
      weather: { args: { city: 'Lisbon' }, says: '"degrees"' },
    },
    prompts: { weekend: { args: { city: 'Lisbon' }, says: 'Plan a weekend in Lisbon' } },
    resources: { 'city://list': { says: 'Lisbon' } },
    templates: { 'city://{name}/guide': { uri: 'city://Lisbon/guide', says: '# Lisbon' } },
  },
  conformance: {
    tools: {
      test_simple_text: { says: 'simple text' },
      test_image_content: { says: 'image/png' },
      test_audio_content: { says: 'audio/wav' },
      test_embedded_resource: { says: 'test://embedded-resource' },
      test_multiple_content_types: { says: 'test://mixed-content-resource' },
      test_error_handling: { says: 'intentionally', fails: true },
      test_tool_with_logging: { says: 'Logged three messages' },
      test_logging_tool: { says: 'Logged one message' },
      test_tool_with_progress: { says: 'Done.' },
      test_sampling: { args: { prompt: 'Hello' }, ...noModel },
      test_elicitation: { args: { message: 'Who?' }, ...noUser },
      test_elicitation_sep1034_defaults: noUser,
      test_elicitation_sep1330_enums: noUser,
      test_missing_capability: noModel,
      test_streaming_elicitation: noUser,
      test_input_required_result_elicitation: noUser,
      test_input_required_result_sampling: noModel,
      test_input_required_result_list_roots: { says: '0 roots' },
      test_input_required_result_request_state: noUser,
      test_input_required_result_tampered_state: noUser,
      test_input_required_result_multiple_inputs: { says: 'The client does not support', fails: true },
      test_input_required_result_multi_round: noUser,
      test_input_required_result_capabilities: noModel,
      test_trigger_tool_change: { says: 'list of tools' },
      test_trigger_prompt_change: { says: 'list of prompts' },
      test_reconnection: { says: 'Reconnection test completed' },
      json_schema_2020_12_tool: {
        args: { name: 'Ann', contactMethod: 'phone', phone: '1' },
        says: 'JSON Schema 2020-12 tool called with',
      },
      test_x_mcp_header: { args: { region: 'eu' }, says: 'Region: eu' },
    },
    prompts: {
      test_simple_prompt: { says: 'simple prompt' },
      test_prompt_with_arguments: { args: { arg1: 'a', arg2: 'b' }, says: "arg1='a', arg2='b'" },
      test_prompt_with_embedded_resource: { args: { resourceUri: 'test://r' }, says: 'test://r' },
      test_prompt_with_image: { says: 'image/png' },
      test_input_required_result_prompt: noUser,
    },
    resources: {
      'test://static-text': { says: 'static text resource' },
      'test://static-binary': { says: 'image/png' },
      'test://watched-resource': { says: 'Watched resource' },
    },
    templates: { 'test://template/{id}/data': { uri: 'test://template/7/data', says: 'Data for ID: 7' } },
  },
};
