export type { Channel, ChannelFault, ChannelListener, OpenChannel } from './Channel.js';
export type { ExchangeEvent, IgnoredFor } from './ExchangeEvent.js';
export { createRadiusClient, type RadiusClient, type RadiusClientOptions } from './RadiusClient.js';
export { type RadiusServer, serverWords } from './RadiusServer.js';
export { type RadsecOptions, radsecChannel } from './radsecChannel.js';
export { nextWait, type RetransmissionPolicy, RFC_5080 } from './retransmission.js';
export { udpChannel } from './udpChannel.js';
