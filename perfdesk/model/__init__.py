"""What a form, a filing, a change and a finding are: frozen data without input or output."""
