"""Chat models behind any endpoint that speaks the OpenAI protocol: the only room that speaks its client.

The map:

- `prompt`: a Markdown file with `# system`, `# user` and `# assistant` parts -> messages of a row
- `request`: what is asked, named by a hash of its content
- `attempt`: one call, as it went: its reply or its failure, its times, its tokens
- `speaking`: a request -> an attempt, through the client
- `retrying`: which failures are worth another attempt, and when
- `pacing`: when calls may begin
- `spending`: prices, and the limit that is checked before each call
- `asking`: many requests at once, in order, each answered once
- `reading`: a reply -> an answer, plain or repaired, or the reason why it is none
- `likelihood`: the chance of each answer, from the first token of a reply

Import the module, not its names: `from shipworthy.models.chat import prompt`.
"""
