import '../../examples/vendorMethod.spec.js';
