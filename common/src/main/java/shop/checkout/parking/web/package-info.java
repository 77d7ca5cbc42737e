/** Parked messages by HTTP: what is parked, and what a person does about it. */
@NullMarked
package shop.checkout.parking.web;

import org.jspecify.annotations.NullMarked;
