/** Tests of the WebSocket edge that need no container. */
@NullMarked
package dev.parley.websocket;

import org.jspecify.annotations.NullMarked;
