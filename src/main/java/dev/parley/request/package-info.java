/**
 * What a client may ask of a room, whatever way it came: to append a message, to read a page of the past, to be told what is
 * new since a cursor. Above rooms and the rules of {@code access}, below the edges, so that each request has one meaning.
 */
@NullMarked
package dev.parley.request;

import org.jspecify.annotations.NullMarked;
