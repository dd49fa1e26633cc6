/**
 * The WAR as it is deployed: the same tests, by clients from outside, on the standalone server, on Tomcat and on Payara.
 * See nothing of the product's classes.
 */
@NullMarked
package dev.parley.container;

import org.jspecify.annotations.NullMarked;
