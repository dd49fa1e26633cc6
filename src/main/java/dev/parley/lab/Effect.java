package dev.parley.lab;

/**
 * What a trouble met.
 *
 * @param connections how many that were open
 * @param abruptly whether the server could do it as a network would; else it closed in good order
 */
public record Effect(int connections, boolean abruptly) {}
